import "./shell.css";
import { useEffect, useRef } from "react";
import { Button } from "../design/button";
import { Banner } from "../design/status";
import { AutoDialog } from "../screens/auto";
import { ConnectionScreen } from "../screens/connection";
import { DatabaseScreen } from "../screens/database";
import { DiagnoseScreen } from "../screens/diagnose";
import { ExportScreen } from "../screens/export";
import { InstallScreen } from "../screens/install";
import { PoolScreen } from "../screens/pool";
import { ServerScreen } from "../screens/server";
import { SettingsScreen } from "../screens/settings";
import { type Screen, useApp } from "../state/app";
import { useServers } from "../state/servers";
import { ErrorBoundary } from "./error-boundary";
import { Sidebar } from "./sidebar";
import { Strip } from "./strip";

const SCREENS: Readonly<Record<Screen, () => React.ReactNode>> = {
  server: ServerScreen,
  database: DatabaseScreen,
  connection: ConnectionScreen,
  pool: PoolScreen,
  export: ExportScreen,
  diagnose: DiagnoseScreen,
  install: InstallScreen,
  settings: SettingsScreen,
};

/** The button that led to a screen is gone with the old one: the keyboard goes on from the new screen's start. */
function useFocusOn(screen: Screen): void {
  const shown = useRef(screen);
  useEffect(() => {
    if (shown.current === screen) return;
    shown.current = screen;
    const main = document.querySelector("main");
    if (!main || document.activeElement !== document.body) return;
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
  }, [screen]);
}

/** What nobody waited for and failed is said all the same. */
function useStrayFailures(say: (text: string) => void): void {
  useEffect(() => {
    const hear = ({ reason }: PromiseRejectionEvent): void => {
      say(reason instanceof Error ? reason.message : "Something did not work. Try it again.");
    };
    window.addEventListener("unhandledrejection", hear);
    return () => window.removeEventListener("unhandledrejection", hear);
  }, [say]);
}

/** The window: rail, screen, strip. The first scan begins with it. */
export function App() {
  const { screen, notice, setNotice, load } = useApp();
  const { scan, watch } = useServers.getState();
  useStrayFailures(setNotice);
  useFocusOn(screen);
  useEffect(() => {
    void load();
    void scan().then(watch);
  }, [load, scan, watch]);
  const Current = SCREENS[screen];
  return (
    <div className="shell">
      <Sidebar />
      <div className="shell-main">
        {notice ? (
          <div className="shell-notice">
            <Banner
              tone="warn"
              action={
                <Button size="small" onClick={() => setNotice(null)}>
                  Dismiss
                </Button>
              }
            >
              {notice}
            </Banner>
          </div>
        ) : null}
        <ErrorBoundary screen={screen}>
          <Current />
        </ErrorBoundary>
      </div>
      <Strip />
      <AutoDialog />
    </div>
  );
}
