/** What is told in addition: where it cannot be read, undefined stands for it and nothing fails. */
export async function attempt<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch {
    return undefined
  }
}
