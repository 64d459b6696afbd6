// Package spec holds the OpenAPI 3.1 description of WeChat Pay, so that wxgen works anywhere
// without a checkout.
package spec
