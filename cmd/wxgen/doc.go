// Command wxgen turns an OpenAPI description of WeChat Pay into a Go client.
//
// Its verbs are subcommands; wxgen --help lists them. All share their exit codes: 0 for success; 1
// if the answer is no (faults in the description, generated code that is not current); 2 if there
// is no answer (wrong usage, a file that cannot be read or written).
//
// Files use each other in this order only: main, root, mock, import, pages, check, new, lint, fix,
// fmt, merge, workspace, schema, list, generate, checkform, compare, init, export, diff, named,
// revision, bundle, linter, knowntable, mockpages, mockverbs, mockguide, mockseed, mockbegin,
// listjson, beside, listfile, inclusion, importer, generation, format, complete, mockserver,
// description, completion, config, arguments, stopping, progress, report, target.
package main
