import type { AddCommand } from '../command.ts'
import { addSteps } from './steps.ts'

/** Every command, in the order of the help; adding one is one file and one line here. */
export const commands: readonly AddCommand[] = [addSteps]
