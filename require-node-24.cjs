/*
 * Loaded before the programs that people start (`node --require`). npm puts the Node of package.json first on
 * the PATH of every script; where npm has no such package (Apple machines) the machine's own Node runs, and an
 * older one would fail at the first TypeScript file with an error that says nothing. CommonJS and plain old
 * syntax: it must be understood by every Node that may find it.
 */
const least = 24;

if (Number.parseInt(process.versions.node, 10) < least) {
  console.error(
    `Fenghuo needs Node ${least} or newer, and this is Node ${process.versions.node} (${process.execPath}): run npm ci again, which brings one on Linux and Windows, or install it from nodejs.org.`,
  );
  process.exit(1);
}
