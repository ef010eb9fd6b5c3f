import type { AddCommand } from '../command.ts'
import { addDatasets } from './datasets.ts'
import { addDemo } from './demo.ts'
import { addDeploy, addDeployments } from './deploy.ts'
import { addDevices } from './devices.ts'
import { addExplain } from './explain.ts'
import { addExport } from './export.ts'
import { addImport } from './import.ts'
import { addInit } from './init.ts'
import { addModels } from './models.ts'
import { addPredict } from './predict.ts'
import { addReport } from './report.ts'
import { addProfile } from './profile.ts'
import { addRun } from './run.ts'
import { addRuns } from './runs.ts'
import { addShow } from './show.ts'
import { addStart } from './start.ts'
import { addSteps } from './steps.ts'
import { addUi } from './ui.ts'

/** Every command, in the order of the help; adding one is one file and one line here. */
export const commands: readonly AddCommand[] = [
  addStart,
  addDemo,
  addUi,
  addInit,
  addImport,
  addDatasets,
  addShow,
  addProfile,
  addRun,
  addRuns,
  addExplain,
  addModels,
  addReport,
  addExport,
  addDeploy,
  addDeployments,
  addPredict,
  addDevices,
  addSteps,
]
