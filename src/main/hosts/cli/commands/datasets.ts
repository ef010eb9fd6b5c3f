import type { AddCommand } from '../command.ts'
import { formatBytes } from '../../../base/byte-size.ts'
import { formatCount, formatTime } from '../format/quantity.ts'
import { formatTable } from '../format/table.ts'

/** `datasets`: the dataset versions of a project. */
export const addDatasets: AddCommand = (program, handle) => {
  program
    .command('datasets')
    .description('list the dataset versions of the project')
    .action(
      handle(async (context) => {
        const { projectFolder } = await import('../project-folder.ts')
        const { withProject } = await import('../../../services/projects.ts')
        const { listDatasets } = await import('../../../services/datasets.ts')
        const datasets = await withProject(projectFolder(context), listDatasets)
        context.result({ datasets }, () =>
          datasets.length === 0
            ? context.hint('No datasets yet. Read one with: millrace import FILE\n')
            : formatTable(
                [{ title: 'dataset' }, { title: 'version', align: 'right' }, { title: 'rows', align: 'right' }, { title: 'columns', align: 'right' }, { title: 'size', align: 'right' }, { title: 'read' }, { title: 'source' }],
                datasets.map((entry) => [entry.dataset, String(entry.version), formatCount(entry.rows), formatCount(entry.columns), formatBytes(entry.bytes), formatTime(entry.createdAt), entry.source]),
              ),
        )
      }),
    )
}
