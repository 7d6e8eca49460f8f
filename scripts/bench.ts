/** `npm run bench <what> [-- options]` runs one of the measurements in scripts/bench. */
const [what = ''] = process.argv.splice(2, 1);
if (!/^[a-z][a-z-]*$/.test(what)) {
  console.error('Name what to measure, for example: npm run bench search');
  process.exit(2);
}
await import(new URL(`./bench/${what}.js`, import.meta.url).href);
