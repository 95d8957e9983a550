/** The way to phones as a test wants it: what was sent, who cannot be reached, whether Home Assistant is there. */
import type { Letter, Post } from '../../server/ports/post.ts'

export interface RecordingPost extends Post {
  readonly sent: Letter[]
  /** Not known to Home Assistant. */
  readonly strangers: Set<string>
  away: boolean
  /** Done after Home Assistant took a letter and before the server hears of it. */
  onTaken: (letter: Letter) => void
}

export function createRecordingPost(): RecordingPost {
  const post: RecordingPost = {
    sent: [],
    strangers: new Set(),
    away: false,
    onTaken: () => {},
    async deliver(letter) {
      if (post.away) throw new Error('Home Assistant is not there')
      if (post.strangers.has(letter.target)) return { taken: false, why: 'Home Assistant does not know it.' }
      post.sent.push(letter)
      post.onTaken(letter)
      return { taken: true }
    },
  }
  return post
}
