/** The guide's Vite plugin in the oldest major version of Vite that the package supports. */
import { test } from "vitest";
import { emptyProject, packedForTests } from "../support/package/packed.ts";
import { expectMockIn } from "../support/package/vite-project.ts";

const MINUTES = 60_000;

const pack = packedForTests();

test.for(["6"])(
  "Vite %s has the mock in its dev server and its preview, as the guide says",
  {
    timeout: 5 * MINUTES,
  },
  async (major, { skip }) => {
    await expectMockIn(await emptyProject(skip, pack(), `vite@${major}`));
  },
);
