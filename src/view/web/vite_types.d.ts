// What vite makes of files that are no modules.
declare module "*?worker&inline" {
  const PageWorker: new () => Worker;
  // biome-ignore lint/style/noDefaultExport: vite has it so
  export default PageWorker;
}
declare module "*.css" {}
