export { checklist, checklistVerbs } from './checklist';
export { openSteps, refuseOpenStep, tasksOf, taskVerbs } from './task';
