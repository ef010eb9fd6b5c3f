import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const FOLDERS = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib', '/usr/local/lib', '/lib/x86_64-linux-gnu', '/lib/aarch64-linux-gnu', '/lib64']

/** Whether a Linux system has the library through which Dawn finds drivers; without it Dawn complains on standard error. */
export function hasVulkanLoader(searchPath = process.env['LD_LIBRARY_PATH'] ?? ''): boolean {
  const folders = [...searchPath.split(delimiter).filter((folder) => folder !== ''), ...FOLDERS]
  return folders.some((folder) => existsSync(join(folder, 'libvulkan.so.1')))
}
