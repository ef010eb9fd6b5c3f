import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { MillraceError } from '#shared/errors.ts'
import { writeFileAtomic } from '../base/atomic-file.ts'
import { suggestion } from '../base/did-you-mean.ts'
import { makeFolders } from '../base/make-folders.ts'
import { folderError } from '../store/folder-error.ts'
import { databaseFile } from '../store/project-layout.ts'
import { createProject, openProject, type Project } from '../store/project.ts'
import { templates } from './templates/index.ts'
import { templateFiles } from './templates/template-files.ts'
import type { Template } from './templates/template.ts'

/** A project that was just made. */
export type NewProject = {
  /** Absolute folder. */
  readonly path: string
  readonly template: string | undefined
  /** Files that the template brought, relative to the folder. */
  readonly files: readonly string[]
  /** Pipeline file to run first, relative to the folder. */
  readonly pipeline: string | undefined
}

/** The template of that name; throws `not-found` with the nearest. */
export function templateOf(id: string): Template {
  const template = templates.find((candidate) => candidate.id === id)
  if (template !== undefined) return template
  const names = templates.map((candidate) => candidate.id)
  throw new MillraceError({
    code: 'not-found',
    headline: `There is no template "${id}"${suggestion(id, names)}`,
    nextStep: `Templates are: ${names.join(', ')}.`,
    details: { value: id },
  })
}

/** Makes a folder a project, with the files of a template where one is named; replaces no file. */
export async function initProject(folder: string, templateId?: string): Promise<NewProject> {
  const path = resolve(folder)
  const template = templateId === undefined ? undefined : templateOf(templateId)
  const files = template === undefined ? [] : await templateFiles(template.id)
  const taken = files.find((file) => existsSync(join(path, file.path)))
  if (taken !== undefined && !existsSync(join(path, databaseFile))) {
    throw new MillraceError({
      code: 'already-exists',
      headline: `The folder holds a file that the template would replace`,
      message: `${join(path, taken.path)} exists. Nothing was changed.`,
      nextStep: 'Choose another folder, or move the file away.',
      details: { file: join(path, taken.path) },
    })
  }
  const project = await createProject(path)
  project.close()
  try {
    for (const file of files) {
      const target = join(path, ...file.path.split('/'))
      await makeFolders(dirname(target))
      await writeFileAtomic(target, file.content)
    }
  } catch (error) {
    throw folderError(error, path)
  }
  return { path, template: template?.id, files: files.map((file) => file.path), pipeline: template?.pipeline }
}

/** True where a folder holds a project. */
export function isProject(folder: string): boolean {
  return existsSync(join(folder, databaseFile))
}

/** The folder to work in: the one named, else the nearest project upward from the first of `from` that has one. */
export function locateProject(named: string | undefined, from: readonly string[]): string {
  if (named !== undefined) return resolve(from[0] ?? '.', named)
  for (const start of from) {
    for (let folder = resolve(start); ; folder = dirname(folder)) {
      if (isProject(folder)) return folder
      if (dirname(folder) === folder) break
    }
  }
  throw new MillraceError({
    code: 'not-found',
    headline: 'There is no project here',
    message: `Neither ${from[0] ?? '.'} nor a folder above it holds a ${databaseFile}.`,
    nextStep: 'Make a project with: millrace init DIR, or name one with --project DIR.',
    details: { ...(from[0] === undefined ? {} : { file: from[0] }) },
  })
}

/** Opens a project for one piece of work and closes it afterwards. */
export async function withProject<T>(folder: string, work: (project: Project) => T | Promise<T>): Promise<T> {
  const project = await openProject(folder)
  try {
    return await work(project)
  } finally {
    project.close()
  }
}
