import { resolve } from 'node:path'
import { Option } from 'commander'
import { modelExportSchema, type ModelExport } from '#shared/contract/models.ts'
import { formatBytes } from '../../../base/byte-size.ts'
import type { AddCommand } from '../command.ts'

/** `export MODEL --out PATH`: a model, its card or its evaluation, to take away. */
export const addExport: AddCommand = (program, handle) => {
  program
    .command('export')
    .argument('<model>', 'NAME for the newest version, or NAME@VERSION')
    .addOption(new Option('--format <format>', 'bundle: a folder; zip: an archive; card: the model card as Markdown; report: the evaluation as a page').choices(modelExportSchema.options).default('bundle'))
    .requiredOption('--out <path>', 'file or folder to write')
    .description('write a model, its card or its evaluation to take away')
    .action(
      handle<[string, { format: ModelExport; out: string }]>(async (context, model, { format, out }) => {
        const { projectFolder } = await import('../project-folder.ts')
        const { withProject } = await import('../../../services/projects.ts')
        const { createModelDesk } = await import('../../../services/model-desk.ts')
        const { exportModel } = await import('../../../services/model-export.ts')
        const desk = createModelDesk()
        try {
          const written = await withProject(projectFolder(context), (project) => exportModel(project, desk, { model, format, output: resolve(out) }, { signal: context.abortFlag() }))
          context.result({ model, format, ...written }, () => `Written to ${written.output} (${formatBytes(written.bytes)})\n`)
        } finally {
          await desk.close()
        }
      }),
    )
}
