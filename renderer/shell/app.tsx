import "./shell.css";
import { useEffect } from "react";
import { Button } from "../design/button";
import { Banner } from "../design/status";
import { AutoDialog } from "../screens/auto";
import { ConnectionScreen } from "../screens/connection";
import { DatabaseScreen } from "../screens/database";
import { DiagnoseScreen } from "../screens/diagnose";
import { ExportScreen } from "../screens/export";
import { PoolScreen } from "../screens/pool";
import { ServerScreen } from "../screens/server";
import { SettingsScreen } from "../screens/settings";
import { type Screen, useApp } from "../state/app";
import { useServers } from "../state/servers";
import { Sidebar } from "./sidebar";
import { Strip } from "./strip";

const SCREENS: Readonly<Record<Screen, () => React.ReactNode>> = {
  server: ServerScreen,
  database: DatabaseScreen,
  connection: ConnectionScreen,
  pool: PoolScreen,
  export: ExportScreen,
  diagnose: DiagnoseScreen,
  settings: SettingsScreen,
};

/** The window: rail, screen, strip. The first scan begins with it. */
export function App() {
  const { screen, notice, setNotice, load } = useApp();
  const scan = useServers((state) => state.scan);
  useEffect(() => {
    void load();
    void scan();
  }, [load, scan]);
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
        <Current />
      </div>
      <Strip />
      <AutoDialog />
    </div>
  );
}
