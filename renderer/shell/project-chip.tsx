import { Folder, FolderPlus } from "lucide-react";
import { useApp } from "../state/app";
import { projectSays } from "./project-says";
import { shortPath } from "./short-path";

/** Letters of a path that fit the rail. */
const PATH_LENGTH = 21;

/** The project's folder, picked by one press; says whether it is an Aksara project, or why not. */
export function ProjectChip() {
  const { project, info, pickProject } = useApp();
  return (
    <div className="project-chip-wrap">
      <button
        type="button"
        className="project-chip"
        title={project ? `${project.path}\n${project.reason}` : "Choose your project’s folder"}
        onClick={() => void pickProject()}
      >
        {project ? <Folder size={17} aria-hidden /> : <FolderPlus size={17} aria-hidden />}
        <span className="rail-label grow">
          {project ? (
            <>
              <b>{project.name}</b>
              <span className="truncate" style={{ display: "block" }}>
                {shortPath(project.path, info?.home ?? "", PATH_LENGTH)}
              </span>
              <span className="project-chip-why">{projectSays(project)}</span>
            </>
          ) : (
            <b className="project-chip-ask">Choose your project’s folder</b>
          )}
        </span>
      </button>
    </div>
  );
}
