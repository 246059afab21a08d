import { ExternalLink } from "lucide-react";
import { useState } from "react";
import type { Theme } from "../../../shared/ipc/messages";
import { call } from "../../api";
import { Button } from "../../design/button";
import { CodeBlock } from "../../design/code";
import { Dialog } from "../../design/dialog";
import { Card, Page } from "../../design/page";
import { Banner, Working } from "../../design/status";
import { useApp } from "../../state/app";

const THEMES: readonly { readonly value: Theme; readonly title: string }[] = [
  { value: "system", title: "As the system" },
  { value: "light", title: "Light" },
  { value: "dark", title: "Dark" },
];

const LINKS = [
  { link: "postgresql-install", title: "PostgreSQL’s downloads" },
  { link: "aksara-docs", title: "Aksara’s page" },
  { link: "pg-hba", title: "The manual on pg_hba.conf" },
] as const;

const SYSTEMS: Readonly<Record<string, string>> = { darwin: "macOS", linux: "Linux", win32: "Windows" };

function Forget() {
  const { setTheme } = useApp();
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<{ readonly tone: "ok" | "fail"; readonly text: string } | null>(null);
  const forget = async (): Promise<void> => {
    setAsking(false);
    await setTheme("system");
    const done = await call("settings.forget", undefined);
    setSaid(done.ok ? { tone: "ok", text: "Forgotten." } : { tone: "fail", text: done.error.message });
  };
  return (
    <Card title="Remembered on this computer">
      <div className="stack">
        <p className="secondary">
          The window’s size and place, the theme, and the last project’s folder. Never a password.
        </p>
        {said ? <Banner tone={said.tone}>{said.text}</Banner> : null}
        <div className="row">
          <Button onClick={() => setAsking(true)}>Forget remembered data</Button>
        </div>
      </div>
      {asking ? (
        <Dialog
          title="Forget remembered data"
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>Cancel</Button>
              <Button tone="danger" onClick={() => void forget()}>
                Forget
              </Button>
            </>
          }
        >
          <p>
            Size, place, theme and last project are forgotten. Databases, the private server and your .env files stay.
          </p>
        </Dialog>
      ) : null}
    </Card>
  );
}

/** Theme, what is remembered, and what runs here. */
export function SettingsScreen() {
  const { info, theme, setTheme, setNotice } = useApp();
  const open = async (link: (typeof LINKS)[number]["link"]): Promise<void> => {
    const opened = await call("link.open", { link });
    if (!opened.ok) setNotice(opened.error.message);
  };
  return (
    <Page title="Settings" lead="Everything stays on this computer.">
      <Card title="Theme">
        <fieldset className="row choices">
          <legend className="visually-hidden">Theme</legend>
          {THEMES.map(({ value, title }) => (
            <label key={value} className="row">
              <input type="radio" name="theme" checked={theme === value} onChange={() => void setTheme(value)} />
              {title}
            </label>
          ))}
        </fieldset>
      </Card>
      <Forget />
      <Card title="About">
        {info ? (
          <div className="stack">
            <p className="secondary selectable">
              Aksara Database Setup {info.version} on Electron {info.runtime.version},{" "}
              {SYSTEMS[info.platform] ?? info.platform}.
            </p>
            {info.runtime.kind === "evaluation" ? (
              <Banner tone="warn">
                <b>Evaluation runtime.</b> Electron’s own download could not be had, so an older Electron from the npm
                registry runs. It is for trying and testing.
              </Banner>
            ) : null}
            <p className="secondary">Settings and the private server live here:</p>
            <CodeBlock label="Data folder" text={info.dataFolder} />
            <div className="row row-wrapped">
              {LINKS.map(({ link, title }) => (
                <Button
                  key={link}
                  size="small"
                  icon={<ExternalLink size={14} aria-hidden />}
                  onClick={() => void open(link)}
                >
                  {title}
                </Button>
              ))}
            </div>
          </div>
        ) : (
          <Working>Reading</Working>
        )}
      </Card>
    </Page>
  );
}
