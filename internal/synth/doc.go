// Package synth writes made-up descriptions of any size, for benchmarks and for tests of scale.
// They resemble that of WeChat Pay: about twelve fields a body, three levels deep, an enum or two,
// a few limits, a dozen operations a service.
package synth
