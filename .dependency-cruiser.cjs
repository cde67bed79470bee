if (require('typescript').sys === undefined)
  throw new Error(
    'without .dependency-cruiser.typescript.mjs nothing would be checked: npm run check:imports',
  );

/** Imports run one way: contracts ← gateway ← alarm-engine; contracts ← screen; contracts ← simulators. */
const siblings = (from, allowed) => ({
  name: `${from}-imports-only-${allowed.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: {
    path: '^(contracts|gateway|alarm-engine|screen|simulators)/',
    pathNot: `^(${[from, ...allowed].join('|')})/`,
  },
});

module.exports = {
  forbidden: [
    siblings('contracts', []),
    siblings('gateway', ['contracts']),
    siblings('alarm-engine', ['contracts', 'gateway']),
    siblings('screen', ['contracts']),
    siblings('simulators', ['contracts']),
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'pure-core-does-no-io',
      comment:
        'rules, alarms and tickets decide; they neither read a clock nor touch the database or the network.',
      severity: 'error',
      from: { path: '^alarm-engine/src/(rules|alarms|tickets|chain)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^alarm-engine/src/(store|engine|api|push|notify|access)/|^(node:)?(fs|net|tls|http|https|child_process|worker_threads|timers)(/promises)?$|node_modules/(pg|express|socket\\.io)/',
      },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?worker|\\?url|virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|data)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
