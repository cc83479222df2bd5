/* The tables of elementary_fast.h: numbers of binary64 that are nearest to
 * 2^(j/64) and −log c.  tests/impl/test_elementary_fast.c makes them again with
 * MPFR.
 *
 * c is 1/m, m the middle of interval i, to 20 bits after the point; 1 in the two
 * intervals next to 1.  The intervals: 80 of 2^−8 from 11/16, 48 of 2^−7 from 1. */
/* clang-format off */
#include "impl/elementary_fast.h"

const double fast_powers[FAST_POWERS] = {
    0x1p+0, 0x1.02c9a3e778061p+0, 0x1.059b0d3158574p+0, 0x1.0874518759bc8p+0,
    0x1.0b5586cf9890fp+0, 0x1.0e3ec32d3d1a2p+0, 0x1.11301d0125b51p+0, 0x1.1429aaea92dep+0,
    0x1.172b83c7d517bp+0, 0x1.1a35beb6fcb75p+0, 0x1.1d4873168b9aap+0, 0x1.2063b88628cd6p+0,
    0x1.2387a6e756238p+0, 0x1.26b4565e27cddp+0, 0x1.29e9df51fdee1p+0, 0x1.2d285a6e4030bp+0,
    0x1.306fe0a31b715p+0, 0x1.33c08b26416ffp+0, 0x1.371a7373aa9cbp+0, 0x1.3a7db34e59ff7p+0,
    0x1.3dea64c123422p+0, 0x1.4160a21f72e2ap+0, 0x1.44e086061892dp+0, 0x1.486a2b5c13cdp+0,
    0x1.4bfdad5362a27p+0, 0x1.4f9b2769d2ca7p+0, 0x1.5342b569d4f82p+0, 0x1.56f4736b527dap+0,
    0x1.5ab07dd485429p+0, 0x1.5e76f15ad2148p+0, 0x1.6247eb03a5585p+0, 0x1.6623882552225p+0,
    0x1.6a09e667f3bcdp+0, 0x1.6dfb23c651a2fp+0, 0x1.71f75e8ec5f74p+0, 0x1.75feb564267c9p+0,
    0x1.7a11473eb0187p+0, 0x1.7e2f336cf4e62p+0, 0x1.82589994cce13p+0, 0x1.868d99b4492edp+0,
    0x1.8ace5422aa0dbp+0, 0x1.8f1ae99157736p+0, 0x1.93737b0cdc5e5p+0, 0x1.97d829fde4e5p+0,
    0x1.9c49182a3f09p+0, 0x1.a0c667b5de565p+0, 0x1.a5503b23e255dp+0, 0x1.a9e6b5579fdbfp+0,
    0x1.ae89f995ad3adp+0, 0x1.b33a2b84f15fbp+0, 0x1.b7f76f2fb5e47p+0, 0x1.bcc1e904bc1d2p+0,
    0x1.c199bdd85529cp+0, 0x1.c67f12e57d14bp+0, 0x1.cb720dcef9069p+0, 0x1.d072d4a07897cp+0,
    0x1.d5818dcfba487p+0, 0x1.da9e603db3285p+0, 0x1.dfc97337b9b5fp+0, 0x1.e502ee78b3ff6p+0,
    0x1.ea4afa2a490dap+0, 0x1.efa1bee615a27p+0, 0x1.f50765b6e454p+0, 0x1.fa7c1819e90d8p+0,
};

const struct fast_logarithm fast_logarithms[FAST_LOGARITHMS] = {
    {0x1.734f1p+0, -0x1.7cc801fb46941p-2}, {0x1.71378p+0, -0x1.76fed9b946ea3p-2}, {0x1.6f26p+0, -0x1.713e2fa46a15cp-2},
    {0x1.6d1a6p+0, -0x1.6b85ae0ffa3a2p-2}, {0x1.6b149p+0, -0x1.65d556f4ce004p-2}, {0x1.69147p+0, -0x1.602cfe4f09115p-2},
    {0x1.6719fp+0, -0x1.5a8ca41bedee8p-2}, {0x1.6525p+0, -0x1.54f447b7bdde1p-2}, {0x1.63357p+0, -0x1.4f638b9ba96c4p-2},
    {0x1.614b3p+0, -0x1.49da6c5bcc156p-2}, {0x1.5f664p+0, -0x1.4459148539e94p-2}, {0x1.5d868p+0, -0x1.3edf513c1674cp-2},
    {0x1.5babdp+0, -0x1.396cedf9bbe72p-2}, {0x1.59d62p+0, -0x1.3401e3eaecb92p-2}, {0x1.58056p+0, -0x1.2e9e2b8e12286p-2},
    {0x1.56398p+0, -0x1.2941bcb186a2ap-2}, {0x1.54726p+0, -0x1.23ec5e51eba1cp-2}, {0x1.52affp+0, -0x1.1e9e0618897dcp-2},
    {0x1.50f23p+0, -0x1.1956d999bc2b5p-2}, {0x1.4f38fp+0, -0x1.14166c13674bap-2}, {0x1.4d844p+0, -0x1.0edd128b77f48p-2},
    {0x1.4bd3fp+0, -0x1.09aa5dce6c67cp-2}, {0x1.4a28p+0, -0x1.047e70cde81b8p-2}, {0x1.48805p+0, -0x1.feb215fea071dp-3},
    {0x1.46dcep+0, -0x1.f4749cb4df085p-3}, {0x1.453dap+0, -0x1.ea4455704aa7p-3}, {0x1.43a27p+0, -0x1.e020b92235943p-3},
    {0x1.420b5p+0, -0x1.d60a08b90342cp-3}, {0x1.40783p+0, -0x1.cc001f5db3af3p-3}, {0x1.3ee8fp+0, -0x1.c2026ff17f6e9p-3},
    {0x1.3d5dap+0, -0x1.b8119f8b81c16p-3}, {0x1.3bd61p+0, -0x1.ae2cb6b672adcp-3}, {0x1.3a524p+0, -0x1.a453f12e6a8f4p-3},
    {0x1.38d23p+0, -0x1.9a878b1eba8ebp-3}, {0x1.3755cp+0, -0x1.90c6ee9fcbb7p-3}, {0x1.35dcep+0, -0x1.8711ebf50e37cp-3},
    {0x1.3467ap+0, -0x1.7d69264af562ap-3}, {0x1.32f5dp+0, -0x1.73cb9834fd111p-3}, {0x1.31877p+0, -0x1.6a39786bbce18p-3},
    {0x1.301c8p+0, -0x1.60b2fe0b09332p-3}, {0x1.2eb4fp+0, -0x1.5737f450186b1p-3}, {0x1.2d50ap+0, -0x1.4dc7b817bc1c7p-3},
    {0x1.2befap+0, -0x1.4462ea5c9aaacp-3}, {0x1.2a91dp+0, -0x1.3b08e5357ea1fp-3}, {0x1.29372p+0, -0x1.31b96d53a496dp-3},
    {0x1.27dfap+0, -0x1.287523411a94cp-3}, {0x1.268b3p+0, -0x1.1f3b5c1f251c2p-3}, {0x1.2539dp+0, -0x1.160c48e4b1bc4p-3},
    {0x1.23eb8p+0, -0x1.0ce81adccba49p-3}, {0x1.22a01p+0, -0x1.03cdb1651eb25p-3}, {0x1.2157ap+0, -0x1.f57c38d8feceap-4},
    {0x1.2012p+0, -0x1.e3706ee3047fbp-4}, {0x1.1ecf4p+0, -0x1.d179428218db2p-4}, {0x1.1d8f5p+0, -0x1.bf962ae9fb95bp-4},
    {0x1.1c523p+0, -0x1.adc78265aea86p-4}, {0x1.1b17cp+0, -0x1.9c0bd4d4d1406p-4}, {0x1.19e01p+0, -0x1.8a6460291db15p-4},
    {0x1.18ab1p+0, -0x1.78d093e3d69aap-4}, {0x1.1778ap+0, -0x1.674ef19365971p-4}, {0x1.1648dp+0, -0x1.55e0b5d0df8adp-4},
    {0x1.151bap+0, -0x1.4486353dbd191p-4}, {0x1.13f0fp+0, -0x1.333dea0182924p-4}, {0x1.12c8cp+0, -0x1.220823c783cfcp-4},
    {0x1.11a3p+0, -0x1.10e4433cae711p-4}, {0x1.107fcp+0, -0x1.ffa70d1ab83fdp-5}, {0x1.0f5eep+0, -0x1.dda8b7c67ee35p-5},
    {0x1.0e406p+0, -0x1.bbce1dc68da7fp-5}, {0x1.0d244p+0, -0x1.9a17d7573c438p-5}, {0x1.0c0a8p+0, -0x1.78867da35432ap-5},
    {0x1.0af2fp+0, -0x1.5714e9c03a019p-5}, {0x1.09ddcp+0, -0x1.35c96baa11387p-5}, {0x1.08cacp+0, -0x1.149ed24004529p-5},
    {0x1.07b9fp+0, -0x1.e72b50813c181p-6}, {0x1.06ab6p+0, -0x1.a560d88c57abdp-6}, {0x1.059efp+0, -0x1.63d78d868c789p-6},
    {0x1.0494ap+0, -0x1.22907dfea19d6p-6}, {0x1.038c7p+0, -0x1.c319744c70f25p-7}, {0x1.02865p+0, -0x1.4192bb96832bfp-7},
    {0x1.01824p+0, -0x1.811dc14581034p-8}, {0x1p+0, 0x0p+0}, {0x1p+0, 0x0p+0},
    {0x1.fa11cp-1, 0x1.7dc725f817e07p-7}, {0x1.f631p-1, 0x1.3ceba4346e1f5p-6}, {0x1.f25f6p-1, 0x1.b9fc8e7af9b2ap-6},
    {0x1.ee9c8p-1, 0x1.1b0d90923d99p-5}, {0x1.eae8p-1, 0x1.58a63afc8f4d5p-5}, {0x1.e741ap-1, 0x1.95c8deec9017cp-5},
    {0x1.e3a92p-1, 0x1.d2762aadb1f03p-5}, {0x1.e01ep-1, 0x1.075993598e4f1p-4}, {0x1.dca02p-1, 0x1.253f4ff0a14cbp-4},
    {0x1.d92f2p-1, 0x1.42eddeea647a5p-4}, {0x1.d5cacp-1, 0x1.6065d09375a56p-4}, {0x1.d272cp-1, 0x1.7da7c0d7b229fp-4},
    {0x1.cf26ep-1, 0x1.9ab45762038c1p-4}, {0x1.cbe6ep-1, 0x1.b78c47bb0f46ep-4}, {0x1.c8b26p-1, 0x1.d4317066cb872p-4},
    {0x1.c5894p-1, 0x1.f0a3820117dd8p-4}, {0x1.c26b6p-1, 0x1.067118aca65e6p-3}, {0x1.bf584p-1, 0x1.14785346742c5p-3},
    {0x1.bc4fep-1, 0x1.2266c510a6288p-3}, {0x1.b951ep-1, 0x1.303d7e0e4806fp-3}, {0x1.b65e2p-1, 0x1.3dfc6d8ecd77p-3},
    {0x1.b3748p-1, 0x1.4ba38539a57c9p-3}, {0x1.b094cp-1, 0x1.5933509982f0fp-3}, {0x1.adbe8p-1, 0x1.66acfa272b2f5p-3},
    {0x1.aaf1ep-1, 0x1.740f50d4046e7p-3}, {0x1.a82e6p-1, 0x1.815c229435a43p-3}, {0x1.a5742p-1, 0x1.8e92426888385p-3},
    {0x1.a2c2ap-1, 0x1.9bb38c67e023ep-3}, {0x1.a01ap-1, 0x1.a8bed7c882f59p-3}, {0x1.9d7ap-1, 0x1.b5b4d1e8fc9e4p-3},
    {0x1.9ae24p-1, 0x1.c296ce58c2d92p-3}, {0x1.9853p-1, 0x1.cf6308e09dc6cp-3}, {0x1.95cbcp-1, 0x1.dc1b7d0ac03a6p-3},
    {0x1.934c6p-1, 0x1.e8c04daaa60c8p-3}, {0x1.90d5p-1, 0x1.f5505964b91c7p-3}, {0x1.8e652p-1, 0x1.00e6d81ad5329p-2},
    {0x1.8bfcep-1, 0x1.071b9abcd5c6ap-2}, {0x1.899cp-1, 0x1.0d46dd79ac3cbp-2}, {0x1.87428p-1, 0x1.136865293a9a2p-2},
    {0x1.84fp-1, 0x1.1980f2dd42b6fp-2}, {0x1.82a4ap-1, 0x1.1f8ffa248a2f3p-2}, {0x1.80602p-1, 0x1.2595ebcdf79c1p-2},
    {0x1.7e226p-1, 0x1.2b92e66b8a3d4p-2}, {0x1.7beb4p-1, 0x1.31870a1544431p-2}, {0x1.79baap-1, 0x1.3772786bfdaf5p-2},
    {0x1.77908p-1, 0x1.3d54fd5c1f722p-2}, {0x1.756cap-1, 0x1.432f13e04f0b7p-2},
};
