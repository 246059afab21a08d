import { formatUri } from "../format";
import { isSecretParameter } from "../libpq-keywords";
import { type CopyFormat, leftOut } from "./copy-format";
import { libpqParameters } from "./libpq-parameters";

/**
 * A psql command for sh and PowerShell alike: a URI holds no sign that either takes for its own inside single quotes.
 * Command lines can be read by everyone on a computer and stay in the shell's history, so no secret goes into it.
 */
export const psql: CopyFormat = {
  id: "psql",
  title: "psql command",
  write: (target, password) => {
    const { carried, unknown } = libpqParameters(target.parameters);
    const secrets = Object.keys(carried).filter(isSecretParameter);
    const open = Object.entries(carried).filter(([name]) => !isSecretParameter(name));
    const text = `psql '${formatUri({ ...target, parameters: Object.fromEntries(open) }, null)}'`;
    const notes = [
      ...(password === null ? [] : ["psql asks for the password: others can read a command line."]),
      ...(secrets.length === 0 ? [] : [`Secrets stay out of a command line: ${secrets.join(", ")} left out.`]),
      ...leftOut("psql", unknown),
      "For cmd.exe, put double quotes in place of the single ones.",
    ];
    return { text, notes };
  },
};
