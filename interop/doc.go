// Package interop holds package wxpay against WeChat Pay's own Go SDK: each verifies, opens and
// parses what the other made, both send the same requests, and a benchmark runs both side by side.
// It has a go.mod of its own, so that nobody who uses wxgen depends on that SDK.
package interop
