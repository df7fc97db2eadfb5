// Which folder may import which. An allow-list: a new folder is fenced from the day it is made.
// scripts/fences.test.ts plants one bad import per rule and expects every one of them to be reported.

const OURS = '^(src|server|e2e|bench|scripts)/';
const NOT_PRODUCT = '[.]test[.]ts$|/testing/';

/** `folder` may import itself and `mayImport`, and nothing else of ours. Tests may reach further. */
const only = (folder, mayImport, comment) => ({
  name: `${folder.replaceAll('/', '-')}-only`,
  comment,
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: NOT_PRODUCT },
  to: { path: OURS, pathNot: [folder, ...mayImport].map((target) => `^${target}(/|[.]ts$)`) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle is one module that pretends to be two.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports and that imports nobody is forgotten.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: '([.]d|[.]test)[.](ts|mts)$|^src/(main|sw)[.]ts$|^src/store/worker/|^(e2e|bench|scripts)/',
      },
      to: {},
    },
    {
      name: 'no-unresolved',
      comment:
        'An import that leads nowhere escapes every other rule. The address of a WebAssembly file is for the bundler to find.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '[.]wasm[?]url$' },
    },
    only('src/domain', [], 'Plain values and rules. Everybody may read them; they read nobody.'),
    only('src/contract', ['src/domain'], 'The JSON that crosses the wire. Shared with the server.'),
    only('src/i18n', ['src/domain'], 'Words. They know no screen.'),
    only('src/devices/transports', ['src/devices/errors'], 'Bytes only, whatever they mean.'),
    only('src/devices/codecs', ['src/devices/errors'], 'Pure functions between bytes and messages.'),
    only('src/devices', ['src/domain'], 'Devices know money and ids, never screens, flows or storage.'),
    only(
      'src/flow',
      ['src/domain', 'src/contract', 'src/devices/ports'],
      'Decisions see devices as interfaces.',
    ),
    only('src/store', ['src/domain', 'src/contract'], 'The browser storage and nothing else.'),
    only('src/remote', ['src/domain', 'src/contract'], 'HTTP to our server and nothing else.'),
    only(
      'src/ui',
      ['src/domain', 'src/flow', 'src/i18n'],
      'Shows state, sends events: no device, no database.',
    ),
    only(
      'server',
      ['src/domain', 'src/contract', 'src/devices/codecs/tlv'],
      'Shares the contract, and how card data is written.',
    ),
    {
      name: 'drivers-do-not-know-each-other',
      comment: 'A device is removed by deleting its folder and its registry line.',
      severity: 'error',
      from: { path: '^src/devices/drivers/([^/]+)/' },
      to: { path: '^src/devices/drivers/', pathNot: '^src/devices/drivers/$1/' },
    },
    {
      name: 'page-stays-in-src',
      comment: 'main.ts, wiring/ and sw.ts may use every folder of src/, but nothing outside it.',
      severity: 'error',
      from: { path: '^src/([^/]+[.]ts$|wiring/)', pathNot: NOT_PRODUCT },
      to: { path: '^(server|e2e|bench|scripts)/' },
    },
    {
      name: 'nobody-imports-the-wiring',
      comment: 'main.ts, wiring/ and sw.ts know everybody; nobody knows them.',
      severity: 'error',
      from: { pathNot: '^src/(main[.]ts|wiring/)' },
      to: { path: '^src/((main|sw)[.]ts$|wiring/)' },
    },
    {
      name: 'page-has-no-node',
      comment: 'A browser has no node: modules.',
      severity: 'error',
      from: { path: '^src/', pathNot: NOT_PRODUCT },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'product-does-not-use-test-code',
      comment:
        'Fakes and conformance suites stay with the tests. Simulators are product: training mode uses them.',
      severity: 'error',
      from: { path: '^(src|server)/', pathNot: NOT_PRODUCT },
      to: { path: '/testing/|[.]test[.]ts$' },
    },
    {
      name: 'product-has-no-dev-dependencies',
      comment: 'What the page or the server needs to run belongs under dependencies.',
      severity: 'error',
      from: { path: '^(src|server)/', pathNot: NOT_PRODUCT },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'] },
  },
};
