import type { MenuItemConstructorOptions } from "electron";

/** The menu: editing, zoom and the window; no reload and no developer tools. */
export function menuTemplate(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions = {
    label: "View",
    submenu: [
      { role: "resetZoom" },
      { role: "zoomIn" },
      { role: "zoomOut" },
      { type: "separator" },
      { role: "togglefullscreen" },
    ],
  };
  const shared: MenuItemConstructorOptions[] = [{ role: "editMenu" }, view, { role: "windowMenu" }];
  return platform === "darwin" ? [{ role: "appMenu" }, ...shared] : [{ role: "fileMenu" }, ...shared];
}
