// Package refuse holds the errors that WeChat Pay answers with: status, code, message, detail, and
// the number that its Request-Id ends in.
package refuse
