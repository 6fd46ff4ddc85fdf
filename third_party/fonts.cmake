# Inter (OFL-1.1, three weights) and Material Icons (Apache-2.0), embedded into the program by gui/CMakeLists.txt.
# Debian's packages are unpacked, not installed (Inter 4.0 as OTF, which ImGui reads as well); elsewhere npm's (TTF).
mailpoint_fetch(inter inter-0.4.2.tgz b5c1e5878c07a5637169da9f7b1f370c69709f1f8de55998e2522f7aa9dfe2a9
  "npm"
  POOL f/fonts-inter/fonts-inter_4.0~beta7+ds-1_all.deb
  POOL_SHA256 6afd9014550e04b58bccf64b94f92ae1dbfd8018489b92de835408970234c24c
  NPM @expo-google-fonts/inter@0.4.2 SOURCE_SUBDIR none)
mailpoint_fetch(material_icons material-icons-13.1.4.tgz a6283de27a5b739cb7ee59b170adf3343fb56ce39e16b34b4704405112bce16c
  "npm"
  POOL f/fonts-material-design-icons-iconfont/fonts-material-design-icons-iconfont_6.7.0+dfsg-1_all.deb
  POOL_SHA256 a2abd7168a460fb6063be4175e06fd7c48b1eef68433a608726408053d84e085
  NPM @react-native-vector-icons/material-icons@13.1.4 SOURCE_SUBDIR none)
FetchContent_MakeAvailable(inter material_icons)

# Sets MAILPOINT_FONT_<name> for the whole build to the first of the files that is there.
function(_mp_font name)
  foreach(file IN LISTS ARGN)
    if(EXISTS "${file}")
      set(MAILPOINT_FONT_${name} "${file}" CACHE INTERNAL "A font to embed")
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "fonts: none of ${ARGN} is in the archive")
endfunction()
foreach(weight 400Regular 500Medium 600SemiBold)
  string(REGEX REPLACE "^[0-9]+" "" _word ${weight})
  string(TOUPPER ${_word} _name)
  _mp_font(INTER_${_name} "${inter_SOURCE_DIR}/usr/share/fonts/opentype/inter/Inter-${_word}.otf"
           "${inter_SOURCE_DIR}/${weight}/Inter_${weight}.ttf")
endforeach()
_mp_font(ICONS "${material_icons_SOURCE_DIR}/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf"
         "${material_icons_SOURCE_DIR}/fonts/MaterialIcons.ttf")
