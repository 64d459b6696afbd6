// Package synth writes made-up descriptions of any size, for benchmarks and for tests of scale.
// They are of the kind that wxgen is for: about twelve fields a body, three levels deep, an enum or
// two, a few limits, a dozen operations a service.
package synth
