export { inStep, macro, macroVerbs, type Step, seriesVerb, stepList } from './macro';
export { checkVariables, textTemplate, textTemplateVerbs } from './text-template';
export { valuesOf } from './values';
export { filled, variables } from './variables.rules';
