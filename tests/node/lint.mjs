// Standard input: {"files": [path], "platform": "" or "camunda7" or "camunda8"}.
// Standard output: JSON list of {warnings, errors, lint} in the same order.
// With a platform, Camunda's own rules are asked as well.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';

const require = createRequire(import.meta.url);
const { Linter } = require('bpmnlint');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');

const resolver = new NodeResolver();
const PLATFORMS = {
  '': { extensions: {}, rules: [] },
  camunda7: {
    extensions: { camunda: require('camunda-bpmn-moddle/resources/camunda.json') },
    rules: ['plugin:camunda-compat/camunda-platform-7-23'],
  },
  camunda8: {
    extensions: { zeebe: require('zeebe-bpmn-moddle/resources/zeebe.json') },
    rules: ['plugin:camunda-compat/camunda-cloud-8-7'],
  },
};

async function look(path, { extensions, rules }) {
  try {
    const { rootElement, warnings } = await new BpmnModdle(extensions).fromXML(readFileSync(path, 'utf8'));
    const config = { extends: ['bpmnlint:recommended', ...rules] };
    const reports = await new Linter({ resolver, config }).lint(rootElement);      // its rules remember
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

const { files, platform } = JSON.parse(readFileSync(0, 'utf8'));
const out = [];
for (const path of files) out.push(await look(path, PLATFORMS[platform]));
process.stdout.write(JSON.stringify(out));
