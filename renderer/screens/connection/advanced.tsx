import "./advanced.css";
import { Search, X } from "lucide-react";
import { memo, useState } from "react";
import { ALL_PARAMETERS, answersSearch, type ParameterFacts, parameterFacts } from "../../../shared/domain/dsn";
import { isSecretParameter } from "../../../shared/domain/dsn/libpq-keywords";
import { Button, IconButton } from "../../design/button";
import { Disclosure } from "../../design/disclosure";
import { PasswordField, SelectField, TextField } from "../../design/field";
import { useAnalysis } from "../../state/connection-analysis";
import { readersText } from "./readers-text";
import { useDraft } from "./use-draft";

interface ParameterProps {
  readonly facts: ParameterFacts;
  /** "" where it is not in the string. */
  readonly said: string;
  /** It may hold a piece of the password. */
  readonly isDoubtful: boolean;
  readonly onEdit: () => void;
}

function ValueField({ facts, said, isDoubtful, onEdit }: ParameterProps) {
  const draft = useDraft(facts.name, said, onEdit);
  const { rule, name, byDefault } = facts;
  if (isDoubtful || typeof rule === "string") {
    const Field = isDoubtful || isSecretParameter(name) ? PasswordField : TextField;
    const inputMode = rule === "integer" ? "numeric" : "text";
    return <Field label={name} placeholder={byDefault ?? undefined} inputMode={inputMode} {...draft} />;
  }
  const listed = [...new Set(["", ...rule, draft.value])];
  const unset = byDefault === null ? "not in the string" : `not in the string: ${byDefault}`;
  const options = listed.map((value) => ({ value, title: value === "" ? unset : value }));
  return <SelectField label={name} options={options} {...draft} />;
}

const Parameter = memo(function Parameter(props: ParameterProps) {
  const { meaning, name } = props.facts;
  return (
    <li className={props.said === "" ? "parameter" : "parameter parameter-set"}>
      <ValueField {...props} />
      <div className="parameter-about selectable">
        <p>{meaning ?? `No parameter of libpq’s; ${name} is a setting of the server or of another tool.`}</p>
        <p className="hint">{readersText(props.facts).join(" · ")}</p>
      </div>
    </li>
  );
});

function ParameterList({ onEdit }: { readonly onEdit: () => void }) {
  const { keywords, doubtful } = useAnalysis();
  const [search, setSearch] = useState("");
  // What stands in the string comes first when the list is opened; it then keeps its order under the hand.
  const [first] = useState(() => new Set(keywords.keys()));
  const own = [...keywords.keys()].filter((name) => !ALL_PARAMETERS.some((one) => one.name === name));
  const all = [...own.map(parameterFacts), ...ALL_PARAMETERS];
  const ordered = [...all.filter(({ name }) => first.has(name)), ...all.filter(({ name }) => !first.has(name))];
  const found = ordered.filter((facts) => answersSearch(facts, search.trim()));
  return (
    <>
      <div className="input-box parameter-search">
        <Search size={15} aria-hidden />
        <input
          type="search"
          aria-label="Search the parameters"
          placeholder="Search names, meanings and values"
          value={search}
          spellCheck={false}
          onChange={(event) => setSearch(event.target.value)}
        />
        {search === "" ? null : (
          <IconButton label="Clear the search" onClick={() => setSearch("")}>
            <X size={15} />
          </IconButton>
        )}
      </div>
      <p className="visually-hidden" role="status">
        {found.length} of {all.length} parameters
      </p>
      {found.length === 0 ? (
        <div className="parameters-none">
          <p className="secondary">No parameter of libpq’s has “{search.trim()}” in its name, meaning or values.</p>
          <Button size="small" onClick={() => setSearch("")}>
            Show all
          </Button>
        </div>
      ) : (
        <ul className="parameters" aria-label="Parameters">
          {found.map((facts) => (
            <Parameter
              key={facts.name}
              facts={facts}
              said={keywords.get(facts.name) ?? ""}
              isDoubtful={doubtful.has(facts.name)}
              onEdit={onEdit}
            />
          ))}
        </ul>
      )}
    </>
  );
}

/** Every parameter that libpq takes, to search, to set and to take out; folded away. */
export function Advanced({ onEdit }: { readonly onEdit: () => void }) {
  return (
    <Disclosure title="Advanced" aside={`all ${ALL_PARAMETERS.length} parameters`}>
      <ParameterList onEdit={onEdit} />
    </Disclosure>
  );
}
