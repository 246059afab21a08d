interface TabsProps {
  readonly tabs: readonly { readonly id: string; readonly title: string }[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}

/** One of several texts at a time; arrow keys move between them. */
export function Tabs({ tabs, selected, onSelect }: TabsProps) {
  const move = (by: number): void => {
    const at = tabs.findIndex(({ id }) => id === selected);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (next) onSelect(next.id);
  };
  return (
    <div className="tabs" role="tablist">
      {tabs.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          role="tab"
          className="tab"
          aria-selected={id === selected}
          tabIndex={id === selected ? 0 : -1}
          onClick={() => onSelect(id)}
          onKeyDown={(event) => {
            if (event.key === "ArrowRight") move(1);
            if (event.key === "ArrowLeft") move(-1);
          }}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
