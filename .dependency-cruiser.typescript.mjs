import { registerHooks } from 'node:module';

/**
 * dependency-cruiser reads TypeScript through a programming interface that TypeScript 7 no longer has. Loaded
 * before it (`node --import`), this hands it TypeScript 6; the types are checked by 7.
 */
registerHooks({
  resolve: (name, context, next) => next(name.replace(/^typescript(?=\/|$)/, 'typescript-6'), context),
});
