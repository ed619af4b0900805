// Standard input: JSON list of paths. Standard output: JSON list of {warnings, errors, lint} in the same order.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';

const require = createRequire(import.meta.url);
const { Linter } = require('bpmnlint');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');

const resolver = new NodeResolver();

async function look(path) {
  try {
    const { rootElement, warnings } = await new BpmnModdle().fromXML(readFileSync(path, 'utf8'));
    const linter = new Linter({ resolver, config: { extends: 'bpmnlint:recommended' } });      // its rules remember
    const reports = await linter.lint(rootElement);
    const found = Object.entries(reports).flatMap(([rule, list]) =>
      list.map(({ id, message, category }) => ({ rule, id, message, category })));
    return {
      warnings: warnings.map(w => w.message),
      errors: found.filter(f => !/^warn/.test(f.category)),
      lint: found.filter(f => /^warn/.test(f.category)),
    };
  } catch (error) {
    return { warnings: [String(error)], errors: [], lint: [] };
  }
}

const out = [];
for (const path of JSON.parse(readFileSync(0, 'utf8'))) out.push(await look(path));
process.stdout.write(JSON.stringify(out));
