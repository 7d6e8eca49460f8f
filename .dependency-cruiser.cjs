/**
 * Who may import whom. The rules name patterns, not features, so a new room is covered as soon as it exists.
 * Imports of types count too.
 * @type {import('dependency-cruiser').IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one thing, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'only-known-files',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'client-reads-contracts-only',
      comment: 'The client knows the server by its contracts and nothing else.',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(server|storage|scripts|test)/', pathNot: '^server/.*/contract\\.ts$' },
    },
    {
      name: 'contracts-stand-alone',
      comment: 'A contract goes to the browser: it reads other contracts and zod.',
      severity: 'error',
      from: { path: '^server/.*/contract\\.ts$' },
      to: { pathNot: ['^server/.*/contract\\.ts$', '^node_modules/zod/'] },
    },
    {
      name: 'features-meet-at-the-door',
      comment:
        "A feature reaches another through its index.ts or its contract.ts, never through what's behind.",
      severity: 'error',
      from: { path: '^server/([^/]+)/', pathNot: '^server/(http|access)/' },
      to: { path: '^server/[^/]+/', pathNot: ['^server/$1/', '^server/[^/]+/(index|contract)\\.ts$'] },
    },
    {
      name: 'bytes-enter-through-ingest',
      comment: 'Uploaded bytes reach the object store by the ingest of server/blobs and by no way around it.',
      severity: 'error',
      from: {
        path: '^server/',
        pathNot: '^server/((blobs|derive|uploads|backups)/|(engines|platform)\\.ts$)',
      },
      to: { path: '^storage/objects/', pathNot: '^storage/objects/store-address\\.ts$' },
    },
    {
      name: 'ground-floor-carries-no-feature',
      comment: 'What every feature stands on does not stand on a feature.',
      severity: 'error',
      from: { path: '^server/(http|access)/' },
      to: { path: '^server/', pathNot: ['^server/(http|access)/', '^server/config\\.ts$'] },
    },
    {
      name: 'features-are-put-together-outside',
      comment: 'Rooms are handed what they need; they do not reach for the whole house.',
      severity: 'error',
      from: { path: '^server/[^/]+/' },
      to: { path: '^server/(app|start|main)\\.ts$' },
    },
    {
      name: 'nothing-imports-main',
      severity: 'error',
      from: {},
      to: { path: '^server/main\\.ts$' },
    },
    {
      name: 'storage-knows-no-server',
      severity: 'error',
      from: { path: '^storage/' },
      to: { path: '^(server|client|scripts|test)/' },
    },
    {
      name: 'engines-stay-behind-their-ports',
      comment: "A vendor's library is used by its adapter alone.",
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^node_modules/(@aws-sdk/|meilisearch/|libsql/)' },
    },
    {
      name: 'product-needs-no-tests-or-scripts',
      severity: 'error',
      from: { path: '^(server|client|storage)/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'product-runs-without-development-packages',
      severity: 'error',
      from: { path: '^(server|storage)/' },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
    {
      name: 'client-features-stand-alone',
      comment: 'Pages put features together; a feature imports no other.',
      severity: 'error',
      from: { path: '^client/features/([^/]+)/' },
      to: { path: '^client/(features|pages)/', pathNot: '^client/features/$1/' },
    },
    {
      name: 'components-know-no-feature',
      severity: 'error',
      from: { path: '^client/components/' },
      to: { path: '^client/(features|pages)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};
