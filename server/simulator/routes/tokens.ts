import { z } from 'zod'
import type { Route } from '../answer.ts'
import { checked } from '../body.ts'
import type { World } from '../world/world.ts'

const signIn = z.object({ username: z.string(), password: z.string() })

export function tokenRoutes({ sessions, scenario }: World): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/v1/tokens',
      open: true,
      answer({ body }) {
        const { username, password } = checked(signIn, body)
        const { accessToken, refreshToken } = sessions.signIn(username, password, scenario.signIn.refused)
        return { status: scenario.signIn.taken, body: { accessToken, refreshToken: { id: refreshToken } } }
      },
    },
    {
      method: 'PATCH',
      path: '/v1/tokens/access-token/refresh',
      open: true,
      answer: ({ body }) => ({ status: 200, body: sessions.refresh(checked(z.string(), body)) }),
    },
    {
      method: 'DELETE',
      path: '/v1/tokens/refresh-token',
      answer({ body }) {
        sessions.drop(checked(z.string(), body))
        return { status: 204 }
      },
    },
  ]
}
