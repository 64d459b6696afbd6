// Package spec holds the OpenAPI 3.1 description of WeChat Pay, so that wxgen works anywhere without a checkout.
package spec

import "embed"

// FS is the description: components.yaml, v3/*.yaml and brand/*.yaml (one file per service) and webhooks/*.yaml (one per event family).
//
//go:embed components.yaml v3 brand webhooks
var FS embed.FS
