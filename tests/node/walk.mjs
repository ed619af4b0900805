// Runs files to their end along random answers.
// Standard input: {"files": [path], "walks": n, "most": m}; walks go on until every flow was taken, up to m.
// Standard output: for each file {"done": walks that ended, "walks": how many, "taken": ids of the sequence
// flows taken, "again": ids of those that one walk took more than once, "stuck": what the first walk that did not end
// waited for}.
// Timers end at random, or when nothing else can go on.
import { readFileSync } from 'node:fs';
import { EventEmitter } from 'node:events';
import { BpmnModdle } from 'bpmn-moddle';
import { Engine } from 'bpmn-engine';

const GATEWAYS = ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway'];
const STEPS = 2000;                                    // a walk that takes more flows than this does not end

function generator(seed) {                             // mulberry32
  return () => {
    seed = (seed + 0x6D2B79F5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const ALWAYS = /^(?:1 == 1|next\(null, true\))$/;
const CONDITION = /^(?:next\(null, environment\.variables\.)?(\w+) ===? (".*")\)?$/s;      // plain, or in JavaScript

async function walk(context, random, taken, again, given) {
  const answers = {};
  const expressions = {                                // conditions are what they say: a variable and an answer
    resolveExpression(text) {
      const found = CONDITION.exec(text);
      return found ? answers[found[1]] === JSON.parse(found[2]) : ALWAYS.test(text) || text;
    },
    isExpression: text => CONDITION.test(text) || ALWAYS.test(text),
    hasExpression: text => CONDITION.test(text) || ALWAYS.test(text),
  };
  const due = [];                                      // timers that run; time is what we say it is
  const timers = {
    executing: due,
    register: () => timers,
    setTimeout(callback, delay, ...rest) { const ref = { callback, rest }; due.push(ref); return ref; },
    clearTimeout(ref) { const at = due.indexOf(ref); if (at >= 0) due.splice(at, 1); },
  };
  const settings = { enableDummyService: true };
  const engine = new Engine({ name: 'walk', moddleContext: context, expressions, settings, timers });
  const listener = new EventEmitter();
  const waiting = [];
  let steps = 0, ended = null;
  const mine = new Set();
  listener.on('flow.take', flow => {
    if (mine.has(flow.id)) again.add(flow.id);
    mine.add(flow.id);
    taken.add(flow.id);
    steps += 1;
  });
  listener.on('activity.enter', api => {
    if (!GATEWAYS.includes(api.type)) return;
    answer(api, answers, random, given);
    Object.assign(api.environment.variables, answers);
  });
  listener.on('activity.wait', api => waiting.push(api));
  listener.on('activity.call', api => waiting.push(api));
  engine.once('end', () => { ended = true; });
  engine.once('error', error => { ended = String(error); });
  const execution = await engine.execute({ listener });
  while ((waiting.length || due.length) && ended === null && steps < STEPS) {
    if (due.length && (!waiting.length || random() < 0.3)) {
      const { callback, rest } = due.shift();
      callback(...rest);
    } else {
      waiting.shift().signal();
    }
    await null;
  }
  if (ended === true) return null;
  const stuck = execution.getPostponed().map(activity => activity.id);
  await execution.stop();
  return { waiting: stuck, why: ended };
}

// Seldom given answers come first half of the time, so that every branch is seen soon. Something is always taken.
function answer(gateway, answers, random, given) {
  const found = gateway.owner.outbound.map(flow => CONDITION.exec(flow.behaviour.conditionExpression?.body ?? ''));
  const said = found.filter(Boolean);
  for (const name of new Set(said.map(one => one[1]))) {
    const options = [...said.filter(one => one[1] === name).map(one => JSON.parse(one[2])), ''];
    const counts = given[name] ??= options.map(() => 0);
    const pick = random() < 0.5 ? counts.indexOf(Math.min(...counts)) : Math.floor(random() * options.length);
    counts[pick] += 1;
    answers[name] = options[pick];
  }
  if (said.length === found.length && said.every(one => answers[one[1]] !== JSON.parse(one[2])) && said.length) {
    answers[said[0][1]] = JSON.parse(said[0][2]);
  }
}

const { files, walks, most } = JSON.parse(readFileSync(0, 'utf8'));
const out = [];
for (const [number, path] of files.entries()) {
  const source = readFileSync(path, 'utf8'), random = generator(number + 1), taken = new Set();
  const again = new Set(), given = {};
  const context = await new BpmnModdle().fromXML(source);
  const flows = (source.match(/<bpmn:sequenceFlow /g) ?? []).length;
  let done = 0, stuck = null, count = 0;
  while (count < walks || (count < most && taken.size < flows && !stuck)) {
    count += 1;
    const end = await walk(context, random, taken, again, given);
    if (end === null) done += 1; else stuck ??= end;
  }
  out.push({ done, walks: count, taken: [...taken], again: [...again], stuck });
}
process.stdout.write(JSON.stringify(out), () => process.exit(0));      // timers would keep it alive
