import { existsSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { hasVulkanLoader } from '../../../../src/main/compute/backends/vulkan-loader.ts'
import { findBrowser } from '../../../e2e/browser/find-browser.ts'

/** Environment with which Dawn finds the graphics card in software that comes with Chromium; a reason where there is none. */
export function softwareVulkan(): { readonly environment: NodeJS.ProcessEnv } | { readonly missing: string } {
  const browser = findBrowser()
  const folders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', ...(browser === undefined ? [] : [dirname(realpathSync(browser))])]
  const folder = folders.find((place) => existsSync(join(place, 'vk_swiftshader_icd.json')))
  if (folder === undefined) return { missing: 'no Chromium with a graphics card in software (vk_swiftshader_icd.json)' }
  // Chromium brings the loader too.
  if (!hasVulkanLoader(folder)) return { missing: `no libvulkan.so.1, neither of the system nor in ${folder}` }
  const driver = join(folder, 'vk_swiftshader_icd.json')
  return { environment: { ...process.env, LD_LIBRARY_PATH: folder, XDG_RUNTIME_DIR: tmpdir(), VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver } }
}
