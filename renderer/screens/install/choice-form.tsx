import { RefreshCw } from "lucide-react";
import { useState } from "react";
import type { InstallGuide } from "../../../shared/domain/install/guide";
import { IconButton } from "../../design/button";
import { PasswordField, SelectField, TextField } from "../../design/field";
import { useInstall } from "../../state/install";

/** What a person chooses: the version, and for a container its name, user, password, database, port and volume. */
export function ChoiceForm({ guide }: { readonly guide: InstallGuide }) {
  const { choice, change, newPassword } = useInstall();
  const [port, setPort] = useState<string | null>(null);
  const problems = guide.problems?.(choice) ?? [];
  const problemAt = (field: string): string | null => problems.find((one) => one.field === field)?.message ?? null;
  const versions = guide.versions.map((version) => ({ value: String(version), title: `PostgreSQL ${version}` }));
  const known = guide.versions.includes(choice.version) ? choice.version : guide.versions[0];
  return (
    <div className="install-choice">
      {versions.length > 0 ? (
        <SelectField
          label="Version"
          options={versions}
          value={String(known)}
          onChange={(value) => change({ version: Number(value) })}
        />
      ) : null}
      {guide.asks ? (
        <>
          <TextField
            label="Container"
            value={choice.name}
            problem={problemAt("name")}
            onChange={(name) => change({ name })}
          />
          <TextField
            label="Port"
            inputMode="numeric"
            value={port ?? String(choice.port)}
            problem={problemAt("port")}
            onChange={(text) => {
              setPort(text);
              change({ port: /^\d{1,6}$/.test(text) ? Number(text) : 0 });
            }}
            onBlur={() => {
              if (problemAt("port") === null) setPort(null);
            }}
          />
          <TextField
            label="User"
            value={choice.user}
            problem={problemAt("user")}
            onChange={(user) => change({ user })}
          />
          <PasswordField
            label="Password"
            value={choice.password}
            problem={problemAt("password")}
            onChange={(password) => change({ password })}
            end={
              <IconButton label="New password" onClick={() => void newPassword()}>
                <RefreshCw size={14} />
              </IconButton>
            }
          />
          <TextField
            label="Database"
            value={choice.database}
            problem={problemAt("database")}
            onChange={(database) => change({ database })}
          />
          <TextField
            label="Volume"
            value={choice.volume}
            problem={problemAt("volume")}
            onChange={(volume) => change({ volume })}
          />
        </>
      ) : null}
    </div>
  );
}
