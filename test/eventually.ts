/** Asks again until the check holds: for what jobs and indexes do a moment later. @throws what the check threw last */
export async function eventually<Result>(check: () => Promise<Result>, withinMs = 10_000): Promise<Result> {
  const end = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
