export { columnsOf, compileFormula, type KnownColumn, type NamedFormula, type Part } from './compile.ts'
export { evaluate } from './evaluate.ts'
export { formulaError } from './formula-error.ts'
