package spec

import "embed"

// FS is the description: components.yaml, v3/*.yaml and brand/*.yaml (one file per service)
// webhooks/*.yaml (one per event family), and operations.tsv, which wxgen generate keeps current.
//
//go:embed components.yaml operations.tsv v3 brand webhooks
var FS embed.FS

// Tables hold the facts of an import beside the description: corrections.tsv, which wins over
// pages, and known.tsv, the intended contradictions.
//
//go:embed corrections.tsv known.tsv
var Tables embed.FS
