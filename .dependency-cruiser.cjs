const { Compiler } = require('@swc/core');

/**
 * The dependency rule of docs/architecture.md: features -> shopify -> platform -> shared. It holds for types too, with one exception:
 * the renderer may `import type` from server/api, which vanishes when the program is built.
 */
const isTypeOfTheApi = (file, item) =>
  /(^|\/)renderer\//.test(file) &&
  item.type === 'ImportDeclaration' &&
  item.typeOnly &&
  /\/server\/api\/[\w-]+\.ts$/.test(item.source.value);

// dependency-cruiser asks swc for TypeScript without JSX (its source says "to do") and does not see which imports are of types only.
// Both are mended here, where its files are parsed.
const { parseFileSync } = Compiler.prototype;
Compiler.prototype.parseFileSync = function parseForCruise(file, options) {
  const program = parseFileSync.call(this, file, { ...options, tsx: file.endsWith('.tsx') });
  return { ...program, body: program.body.filter((item) => !isTypeOfTheApi(file, item)) };
};

const CODE = '^(main|server|renderer|shared|demo|extensions)/';
const TESTS = '\\.(test|e2e)\\.(ts|tsx|mjs)$';

const layer = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { pathNot: TESTS, ...from },
  to,
});

module.exports = {
  forbidden: [
    layer('no-circular', 'Two files that need each other are one file, or need a third.', {}, { circular: true }),
    layer(
      'nothing-imports-main',
      'main is the outermost layer.',
      { path: CODE, pathNot: ['^main/', TESTS] },
      { path: '^main/' },
    ),
    layer(
      'main-sees-shared-only',
      'main forwards and never interprets.',
      { path: '^main/' },
      { path: '^(server|renderer|demo|extensions)/' },
    ),
    layer(
      'electron-in-main-only',
      'The same backend runs under plain Node.',
      { path: CODE, pathNot: ['^main/', TESTS] },
      { path: '^node_modules/electron/' },
    ),
    layer(
      'shared-is-the-bottom',
      'Contracts know nobody.',
      { path: '^shared/' },
      { path: '^(main|server|renderer|demo|extensions)/' },
    ),
    layer('shared-is-pure', 'Both sides run it: no Node.', { path: '^shared/' }, { dependencyTypes: ['core'] }),
    layer(
      'platform-knows-no-features',
      'platform -> shared.',
      { path: '^server/platform/' },
      { path: '^server/(?!platform/)' },
    ),
    layer(
      'shopify-knows-no-features',
      'shopify -> platform -> shared: it knows Shopify, not our tables.',
      { path: '^server/shopify/' },
      { path: '^server/(?!shopify/|platform/)' },
    ),
    layer(
      'features-meet-in-app',
      'A feature reaches another only through what the composition hands it, or through the event bus.',
      { path: '^server/features/([^/]+)/' },
      { path: '^server/features/', pathNot: '^server/features/$1/' },
    ),
    layer(
      'features-do-not-see-the-top',
      'app.ts, compose, index.ts and the doors compose features, not the other way round.',
      { path: '^server/(features|shopify|platform)/' },
      { path: '^server/(app|index|demo-mode|entities|migrations)\\.ts$|^server/(compose|doors)/' },
    ),
    layer(
      'server-sees-no-console',
      'The backend serves the console as files only.',
      { path: '^server/' },
      { path: '^(main|renderer|extensions)/' },
    ),
    layer(
      'server-starts-the-demo-by-file',
      'The stand-in store is reached over HTTP, like Shopify.',
      { path: '^server/' },
      { path: '^demo/' },
    ),
    layer(
      'renderer-sees-types-of-the-api-only',
      'The console knows contracts (shared) and, by `import type`, the API.',
      { path: '^renderer/' },
      { path: '^(main|server|demo|extensions)/' },
    ),
    layer(
      'renderer-types-from-api-only',
      'No other part of the backend, not even as types.',
      { path: '^renderer/' },
      { path: '^server/(?!api/)' },
    ),
    layer(
      'demo-stands-alone',
      'The stand-in store sees shared and the SDL file.',
      { path: '^demo/' },
      { path: '^(main|renderer)/|^server/(?!shopify/(generated|schema)/)' },
    ),
    layer(
      'extension-stands-alone',
      'It is bundled by Shopify’s CLI and runs in shoppers’ browsers: it takes nothing from the rest, and no Node.',
      { path: '^extensions/' },
      { path: '^(main|server|renderer|shared|demo)/' },
    ),
    layer(
      'no-tests-in-the-program',
      'Tests import the program, never the reverse.',
      { path: CODE },
      { path: `^test/|${TESTS}` },
    ),
    layer('resolvable', 'Every import leads somewhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release|\\.runtime)/|/generated/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
  },
};
