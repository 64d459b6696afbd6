// Command wxgen turns an OpenAPI description of WeChat Pay into a Go client.
//
// Its verbs are subcommands; wxgen --help lists them. All share their exit codes: 0 for success; 1
// if the answer is no (faults in the description, generated code that is not current); 2 if there
// is no answer (wrong usage, a file that cannot be read or written).
//
// Files use each other in this order only: mockverbs, root, schema, list, diff, export, bundle,
// config, init, pages, new, named, mockseed, fmt, mockpages, fix, mockguide, check, mockbegin,
// mock, merge, inclusion, import, workspace, revision, checkform, generate, lint, listjson, beside,
// listfile, knowntable, format, complete, generation, description, main, target, progress.
package main
