import { inject } from 'vitest';

// Before each test file of the project `postgres`: what it opens is then opened there.
process.env['XIAOJI_TEST_DATABASE'] = inject('postgresUrl');
