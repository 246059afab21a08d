import { useEffect, useState } from "react";
import { formatUri } from "../../../shared/domain/dsn";
import { isSocket } from "../../../shared/domain/endpoint";
import type { Server } from "../../../shared/domain/server";
import { call } from "../../api";
import { Button } from "../../design/button";
import { Dialog } from "../../design/dialog";
import { PasswordField, TextField } from "../../design/field";
import { Banner, Working } from "../../design/status";
import { answered } from "../../state/answer";
import { useApp } from "../../state/app";
import { useConnection } from "../../state/connection";
import { sourceOn } from "../../state/connection-source";

/** Names that hold what is typed; all of them once it is one of them, so that another can be pressed. */
const namesLike = (names: readonly string[], typed: string): readonly string[] =>
  names.includes(typed) ? names : names.filter((name) => name.toLowerCase().includes(typed.toLowerCase()));

export function useExistingDialog(server: Server | null) {
  const [isOpen, setOpen] = useState(false);
  return { isOpen: isOpen && server !== null, open: () => setOpen(true), close: () => setOpen(false) };
}

/** A database that is there already: its name, who signs in; Connection then tests it. */
export function ExistingDialog({ server, onClose }: { readonly server: Server; readonly onClose: () => void }) {
  const { goTo, markDone } = useApp();
  const setDsn = useConnection((state) => state.setDsn);
  const [names, setNames] = useState<readonly string[] | null>(null);
  const [unlisted, setUnlisted] = useState<string | null>(null);
  const [database, setDatabase] = useState("");
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  useEffect(() => {
    void answered(call("database.list", { serverId: server.id })).then((list) => {
      setNames(list.ok ? list.value : []);
      if (!list.ok) setUnlisted(list.error.message);
    });
  }, [server.id]);
  const use = (): void => {
    const endpoint = server.endpoints.find((one) => !isSocket(one)) ?? server.endpoints[0];
    if (!endpoint) return;
    const target = { hosts: [endpoint], user, database, sslmode: null, parameters: {} };
    setDsn(formatUri(target, password === "" ? null : password), sourceOn(server));
    markDone("server");
    markDone("database");
    onClose();
    goTo("connection");
  };
  return (
    <Dialog
      title="Use an existing database"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" disabled={database === "" || user === ""} onClick={use}>
            To the connection
          </Button>
        </>
      }
    >
      {names === null ? <Working>Listing databases</Working> : null}
      {unlisted ? <Banner>The databases cannot be listed: {unlisted} Type the name.</Banner> : null}
      {names && names.length > 0 ? (
        <fieldset className="field-choices choices database-names" aria-label="Databases on this server">
          {namesLike(names, database).map((name) => (
            <Button key={name} size="small" aria-pressed={name === database} onClick={() => setDatabase(name)}>
              {name}
            </Button>
          ))}
        </fieldset>
      ) : null}
      <TextField label="Existing database" value={database} onChange={setDatabase} />
      <TextField label="Role that signs in" value={user} onChange={setUser} />
      <PasswordField label="Its password" value={password} onChange={setPassword} />
    </Dialog>
  );
}
