/** The dependency rule of docs/architecture.md: features -> shopify -> platform -> shared; strangers stay strangers. */
const forbid = (name, comment, from, to, extra = {}) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, ...extra.from },
  to: { path: to, ...extra.to },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two modules that need each other are one, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    forbid(
      'shared-is-the-bottom',
      'Both sides use shared, so it knows neither, and no Node.',
      '^shared/',
      '^(main|server|renderer|demo|test|scripts)/|^(node:|electron)',
    ),
    forbid(
      'platform-knows-shared-only',
      'The platform knows nothing of Shopify or of features.',
      '^server/platform/',
      '^(main|renderer|demo|server/(shopify|features|api|doors|migrations))/|^server/[^/]+\\.ts$',
    ),
    forbid(
      'shopify-knows-platform',
      'The Shopify layer does not know our tables.',
      '^server/shopify/',
      '^(main|renderer|demo|server/(features|api|doors|migrations))/|^server/[^/]+\\.ts$',
    ),
    forbid(
      'features-are-strangers',
      'A feature reaches another only through what app.ts hands it, or the bus.',
      '^server/features/([^/]+)/',
      '^server/features/',
      { to: { pathNot: '^server/features/$1/' } },
    ),
    forbid(
      'features-do-not-look-up',
      'Features are below the API, the doors and the composition root.',
      '^server/features/',
      '^(main|renderer|demo|server/(api|doors|migrations))/|^server/[^/]+\\.ts$',
    ),
    forbid(
      'backend-without-electron',
      'The same backend runs as plain Node.',
      '^(server|demo)/',
      '^node_modules/electron/|^electron$|^main/',
    ),
    forbid('renderer-sees-shared', 'The renderer sees shared.', '^renderer/', '^(main|demo|server|test|scripts)/', {
      to: { pathNot: '^server/api/' },
    }),
    forbid('renderer-sees-api-as-types', 'The renderer sees the API as types only.', '^renderer/', '^server/api/', {
      to: { dependencyTypesNot: ['type-only'] },
    }),
    forbid(
      'main-sees-shared',
      'Main forwards and supervises; it knows no feature.',
      '^main/',
      '^(server|renderer|demo|test|scripts)/',
    ),
    forbid(
      'demo-is-outside',
      'The stand-in is an outside program: it shares contracts, not code.',
      '^demo/',
      '^(main|renderer|test|scripts|server)/',
      { to: { pathNot: '^server/shopify/schema/' } },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|release|\\.runtime)/|\\.test\\.ts$' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default', 'node'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
