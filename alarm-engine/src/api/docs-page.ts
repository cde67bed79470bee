import type { ApiDocument, Operation } from './openapi.ts';

/**
 * The document of the interface as a page: whole in itself, without a script and without another origin, so that it
 * keeps to our content policy and works where there is no internet. Pure.
 */
export function docsPage({ info, paths, components, servers }: ApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...Map.groupBy(operations, ({ operation }) => operation.tags[0] ?? '')];
  const contents = [...tags.map(([tag]) => tag), 'schemas'].map((tag) => `<a href="#${tag}">${tag}</a>`);
  const base = String(servers[0]?.url ?? '');
  const sections = tags.map(
    ([tag, all]) => `<section id="${tag}"><h2>${tag}</h2>
${all.map(({ path, method, operation }) => operationPart(method, base + path, operation)).join('\n')}</section>`,
  );
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<details id="schema-${text(name)}"><summary><b>${text(name)}</b></summary>${code(schema)}</details>`,
  );
  return `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${text(info.title)} API</title>
<style>${style}</style>
<h1>${text(info.title)} API ${text(info.version)}</h1>
<p>OpenAPI 3.1: <a href="/api/openapi.json">/api/openapi.json</a></p>
<nav>${contents.join(' ')}</nav>
${sections.join('\n')}
<section id="schemas"><h2>schemas</h2>${schemas.join('\n')}</section>
</html>
`;
}

function operationPart(method: string, path: string, operation: Operation): string {
  const { summary, description, parameters, requestBody, responses } = operation;
  const rows = parameters.map(
    ({ name, in: where, required, schema }) =>
      `<tr><td><code>${text(name)}</code>${required ? '' : ' ?'}<td>${where}<td><code>${json(schema)}</code>`,
  );
  const answers = Object.entries(responses).map(([status, { description: what, content = {} }]) => {
    const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(content);
    return `<tr><td><b>${status}</b><td>${text(what)}<td>${type === '' ? '' : shapeOf(type, schema)}`;
  });
  const body = requestBody?.content['application/json']?.schema;
  return `<details id="${operation.operationId}"><summary><b class="${method}">${method.toUpperCase()}</b> <code>${text(path)}</code> ${text(summary)}</summary>
<p>${text(description)}</p>
${rows.length > 0 ? `<table>${rows.join('')}</table>` : ''}
${body === undefined ? '' : code(body)}
<table>${answers.join('')}</table></details>`;
}

function shapeOf(type: string, schema: { [key: string]: unknown }): string {
  if (typeof schema.$ref !== 'string') return type === 'application/json' ? code(schema) : text(type);
  const name = text(schema.$ref.split('/').at(-1));
  return `<a href="#schema-${name}">${name}</a>`;
}

/** Indented JSON in which names of shapes lead to them. */
function code(schema: unknown): string {
  const linked = json(schema, 2).replaceAll(
    /&quot;#\/components\/schemas\/(\w+)&quot;/g,
    '<a href="#schema-$1">$1</a>',
  );
  return `<pre>${linked}</pre>`;
}

const json = (value: unknown, indent = 0) => text(JSON.stringify(value, null, indent));

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function text(value: unknown): string {
  return String(value).replaceAll(/[&<>"]/g, (letter) => entities[letter] ?? letter);
}

const style = `
:root { color-scheme: dark light; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
nav a { margin-right: .8rem; }
details { border: 1px solid #8886; border-radius: .3rem; margin: .4rem 0; padding: .4rem .8rem; }
summary { cursor: pointer; }
summary b { display: inline-block; min-width: 4.5rem; }
table { border-collapse: collapse; margin: .6rem 0; }
td { border-top: 1px solid #8884; padding: .25rem .8rem .25rem 0; vertical-align: top; }
pre { overflow-x: auto; padding: .6rem; border: 1px solid #8884; }
code, pre { font-family: ui-monospace, monospace; font-size: .85rem; overflow-wrap: anywhere; }
`;
