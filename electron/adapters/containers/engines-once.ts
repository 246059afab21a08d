import type { Result } from "../../../shared/domain/result";
import type { DetectContext } from "../../use-cases/detection";
import type { Machine } from "../detect/machine";
import type { EngineFailure } from "./api";
import { askEngine, type Engine } from "./engine";
import { type EnginePlace, enginePlaces, type Places } from "./places";

/** The places of engines, looked for once a scan. */
export const placesOnce = (machine: Machine, { once }: Pick<DetectContext, "once">): Promise<Places> =>
  once("engine places", () => enginePlaces(machine));

/** An engine and its containers, asked for once a scan; its api is the containers source's to use and to close. */
export const engineOnce = (
  place: EnginePlace,
  { once, signal }: DetectContext,
): Promise<Result<Engine, EngineFailure>> =>
  once(`engine ${JSON.stringify(place.address)}`, () => askEngine(place, signal));
